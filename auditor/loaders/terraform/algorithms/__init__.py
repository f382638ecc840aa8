"""What single functions need besides: encodings, digests, dates, patterns, each exactly as terraform has it."""
