"""What is true about money, whoever asks: frozen values and pure functions."""
