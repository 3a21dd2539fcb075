"""The operations interface of SIAP: who asks, what is asked and kept, and how its nested answers become tables."""
