/// Step four of the schema: what staff decided to leave alone.
extension Schema {
    static let triage = """
        -- Strangers whose mail staff need not look at: it leaves the queue, never the store.
        CREATE TABLE ignored_sender (
          key TEXT    PRIMARY KEY,                -- as compared
          by  TEXT    NOT NULL,
          at  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Parts that staff leave in their message: they stay needs_filing, and wait for nobody.
        CREATE TABLE part_aside (
          part INTEGER PRIMARY KEY REFERENCES part ON DELETE CASCADE,
          by   TEXT    NOT NULL,
          at   INTEGER NOT NULL
        ) STRICT;

        """
}
