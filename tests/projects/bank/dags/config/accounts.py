ACCOUNTS = {"savings": "0 3 * * *", "giro": "@hourly"}
