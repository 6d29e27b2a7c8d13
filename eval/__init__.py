"""Measuring: gold questions, metrics, reports; nothing in index or qa imports it."""
