"""What the API takes and gives, for bodies and for the OpenAPI document."""
