/// Step seven of the schema: what an open link needs to know of strangers, so that they harm nobody.
extension Schema {
    static let openLinks = """
        -- SHA-256 of the network that somebody came from by an open link: what comes from one place is counted.
        ALTER TABLE sitting ADD COLUMN network BLOB;
        -- When a receipt was one too many: nobody tries again of himself.
        ALTER TABLE sitting ADD COLUMN withheld INTEGER;
        CREATE INDEX upload_letter ON upload (letter) WHERE letter IS NOT NULL;

        -- Who said of which item that they have none. By an open link that is a word and no more.
        CREATE TABLE sitting_decline (
          sitting INTEGER NOT NULL REFERENCES sitting,
          item    INTEGER NOT NULL REFERENCES request_item ON DELETE CASCADE,
          at      INTEGER NOT NULL,
          PRIMARY KEY (sitting, item)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sitting_decline_item ON sitting_decline (item);

        """
}
