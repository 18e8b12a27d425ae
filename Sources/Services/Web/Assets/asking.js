// asking
