"""Holds: the money of each milestone between capture and release, and the fees that are agreed on."""
