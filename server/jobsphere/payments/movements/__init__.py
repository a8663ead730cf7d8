"""What moved our balance at the gateways: fetched, kept, booked where only the gateway knows, compared, proved."""
