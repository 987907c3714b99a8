"""What the store promises: all or nothing, on the disk when it says so, and a clear word when it cannot."""
