"""The figures of `docs/ACCURACY.md`."""
