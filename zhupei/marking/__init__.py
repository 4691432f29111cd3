"""Marking by people 阅卷: written answers, marked twice and blind, arbitrated when they differ."""
