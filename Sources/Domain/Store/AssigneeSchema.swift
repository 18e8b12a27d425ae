extension Schema {
    /// Whose an account is: somebody of the staff, and no text any more; and who is written to of what.
    ///
    /// A text that named nobody of them stays, as the last line of the account's notes.
    static let assignees = """
        ALTER TABLE account ADD COLUMN assignee INTEGER REFERENCES staff;
        UPDATE account SET assignee = coalesce(
          (SELECT id FROM staff WHERE login = lower(assigned)),
          (SELECT min(id) FROM staff WHERE name = assigned AND disabled IS NULL),
          (SELECT min(id) FROM staff WHERE name = assigned))
        WHERE assigned IS NOT NULL;
        UPDATE account SET notes = ltrim(notes || char(10) || assigned, char(10))
        WHERE assigned <> '' AND assignee IS NULL;
        ALTER TABLE account DROP COLUMN assigned;

        -- Who wants to hear of an account besides.
        CREATE TABLE account_follower (
          account INTEGER NOT NULL REFERENCES account,
          staff   INTEGER NOT NULL REFERENCES staff,
          PRIMARY KEY (account, staff)
        ) STRICT, WITHOUT ROWID;

        -- Whether this person gets a message when clients send files.
        ALTER TABLE staff ADD COLUMN hears INTEGER NOT NULL DEFAULT 1;

        -- The generation of links that ended by their time; a letter with a new one took their place.
        ALTER TABLE request ADD COLUMN lapsed INTEGER;

        -- When whoever had a letter sent was written to that it came back.
        ALTER TABLE submission ADD COLUMN told INTEGER;
        UPDATE submission SET told = changed WHERE state IN ('refused', 'undelivered');

        """
}
