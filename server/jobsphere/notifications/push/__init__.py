"""Push messages: Web Push (VAPID) to browsers, FCM HTTP v1 to phones (ADR 0022)."""
