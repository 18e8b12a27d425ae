// accounts
