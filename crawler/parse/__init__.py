"""Reading what publishers serve: text or bytes in, plain values out. No network, no clock, no database."""
