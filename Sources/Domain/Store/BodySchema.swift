/// Step four of the schema: how staff want a sender's mail shown.
extension Schema {
    static let bodies = """
        -- Senders whose pictures are fetched from where they lie without being asked for each time.
        CREATE TABLE picture_sender (
          key     TEXT PRIMARY KEY,               -- as message.from_key
          staff   INTEGER REFERENCES staff,       -- who said so
          allowed INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """
}
