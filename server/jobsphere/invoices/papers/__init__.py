"""Documents as files: PDF, UBL 2.1, CSV. Only what the stored document says goes in, so it is the same every time."""
