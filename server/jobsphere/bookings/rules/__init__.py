"""Pure rules of bookings: which times are free, which step follows which, what a calendar may say."""
