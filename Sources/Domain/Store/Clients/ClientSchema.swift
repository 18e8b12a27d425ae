/// Step six of the schema: clients who were invited to see their documents, and who is signed in.
extension Schema {
    static let clients = """
        -- That staff invited an address to an account's pages: until then its switch opens nothing.
        CREATE TABLE client_invitation (
          account INTEGER NOT NULL REFERENCES account,
          contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
          key     TEXT    NOT NULL,               -- of account_contact
          at      INTEGER NOT NULL,
          by      TEXT    NOT NULL,               -- a login name
          PRIMARY KEY (account, contact, key)
        ) STRICT, WITHOUT ROWID;

        -- Links by mail that sign a client in once.
        CREATE TABLE client_link (
          token   BLOB    NOT NULL PRIMARY KEY,   -- SHA-256
          contact INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
          key     TEXT    NOT NULL,
          created INTEGER NOT NULL,
          expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Clients who are signed in. How long one holds says ClientTimes.
        CREATE TABLE client_session (
          id        INTEGER PRIMARY KEY AUTOINCREMENT,
          token     BLOB    NOT NULL UNIQUE,      -- SHA-256 of what the browser keeps
          contact   INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
          key       TEXT    NOT NULL,             -- the address that signed in: what it may, the session may
          csrf      BLOB    NOT NULL,             -- the key its forms are marked with
          began     INTEGER NOT NULL,
          last_seen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX client_session_contact ON client_session (contact, key);

        -- As which message staff see what one session sends to an account.
        CREATE TABLE client_notice (
          session INTEGER NOT NULL REFERENCES client_session ON DELETE CASCADE,
          account INTEGER NOT NULL REFERENCES account,
          message INTEGER NOT NULL REFERENCES message,
          last    INTEGER NOT NULL,               -- when its last file came
          PRIMARY KEY (session, account)
        ) STRICT, WITHOUT ROWID;

        -- Whoever loses the switch is out in the same moment, by whatever page or command it was taken;
        -- whoever gets it again is invited again.
        CREATE TRIGGER client_shut_out AFTER UPDATE ON account_contact
        WHEN OLD.login = 1 AND (NEW.login = 0 OR NEW.account <> OLD.account OR NEW.contact <> OLD.contact
          OR NEW.key <> OLD.key)
        BEGIN
          DELETE FROM client_invitation WHERE account = OLD.account AND contact = OLD.contact AND key = OLD.key;
          DELETE FROM client_link WHERE contact = OLD.contact AND key = OLD.key;
          DELETE FROM client_session WHERE contact = OLD.contact AND key = OLD.key;
        END;
        CREATE TRIGGER client_removed AFTER DELETE ON account_contact
        BEGIN
          DELETE FROM client_invitation WHERE account = OLD.account AND contact = OLD.contact AND key = OLD.key;
          DELETE FROM client_link WHERE contact = OLD.contact AND key = OLD.key;
          DELETE FROM client_session WHERE contact = OLD.contact AND key = OLD.key;
        END;

        -- 1: what it says lets its reader in, so no copy of it lies where others read.
        ALTER TABLE letter ADD COLUMN is_secret INTEGER NOT NULL DEFAULT 0;

        """
}
