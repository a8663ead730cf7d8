"""The words of uploaded documents: read by the queue, in a process of their own that can do little harm."""
