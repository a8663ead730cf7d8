"""What Django's ORM needs from us on every floor: the base record, guarded updates, the transaction edge."""
