/// The shape of what is remembered, as steps that are never edited.
///
/// A database is brought from any older shape to today's by the steps it
/// lacks; one that has more steps than these is from the future and refused.
/// The number of steps done is SQLite's `user_version`.
enum Schema {
    /// "Mail" in ASCII: what `file` and SQLite's `application_id` tell our database by.
    static let applicationID = 0x4d61_696c

    static let steps: [String] = [
        sources + messages + accounts + documents + audit,
        staff,
        outgoing,
        people + conversations + bodies + search + versions + drafts + triage,
        accountChanges + links + filePasswords + searchWords + pace + trash,
        unfinishedUploads + shares + disk + clients,
        assignees + linkProofs + diskQuestions + subfolders + clientUploads + openLinks,
    ]

    /// What the first databases with four steps lack: the fourth was without it for a few hours.
    static let lateInFour = conversations + drafts + triage

    private static let sources = """
        CREATE TABLE source (
          id            INTEGER PRIMARY KEY AUTOINCREMENT,
          name          TEXT    NOT NULL UNIQUE, -- of [mailbox.NAME] in the configuration
          first_started INTEGER NOT NULL         -- milliseconds; mail received before it is history
        ) STRICT;

        -- One row for each generation (UIDVALIDITY) of each mailbox.
        CREATE TABLE mailbox (
          id           INTEGER PRIMARY KEY AUTOINCREMENT,
          source       INTEGER NOT NULL REFERENCES source,
          name         TEXT    NOT NULL,            -- decoded
          uid_validity INTEGER NOT NULL,
          mod_seq      INTEGER NOT NULL DEFAULT 0,  -- zero: nothing known, or no CONDSTORE
          listed_to    INTEGER NOT NULL DEFAULT 0,  -- every UID up to it that the server listed has a placement
          is_sent      INTEGER NOT NULL DEFAULT 0,
          superseded   INTEGER,                     -- when a new UIDVALIDITY, or the mailbox's end, was seen
          resets       INTEGER NOT NULL DEFAULT 0,  -- how often UIDVALIDITY changed within a day
          reset_at     INTEGER,
          UNIQUE (source, name, uid_validity)
        ) STRICT;

        -- One row for each UID that the server listed. The watermark is derived from these.
        CREATE TABLE placement (
          mailbox       INTEGER NOT NULL REFERENCES mailbox,
          uid           INTEGER NOT NULL,
          state         TEXT    NOT NULL CHECK (state IN ('wanted','recorded','absent','quarantined','excluded')),
          original      INTEGER REFERENCES original,
          message       INTEGER REFERENCES message,
          flags         TEXT    NOT NULL DEFAULT '',  -- separated by spaces
          internal_date INTEGER,
          attempts      INTEGER NOT NULL DEFAULT 0,   -- counted before a parse begins
          tries         INTEGER NOT NULL DEFAULT 0,   -- FETCHes that gave nothing or broke
          next_try      INTEGER,
          first_wanted  INTEGER NOT NULL,
          headers_only  INTEGER NOT NULL DEFAULT 0,   -- the body comes if it is matched
          reason        TEXT,
          gone          INTEGER,                      -- when it had vanished from the server
          PRIMARY KEY (mailbox, uid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX placement_open ON placement (mailbox, uid)
          WHERE state IN ('wanted', 'absent');
        CREATE INDEX placement_quarantined ON placement (mailbox, uid) WHERE state = 'quarantined';
        CREATE INDEX placement_headers ON placement (mailbox, uid) WHERE headers_only = 1;
        CREATE INDEX placement_message ON placement (message) WHERE message IS NOT NULL;
        CREATE INDEX placement_original ON placement (original) WHERE original IS NOT NULL;

        CREATE TABLE traffic (
          source INTEGER NOT NULL REFERENCES source,
          day    INTEGER NOT NULL,                    -- days since 1970, UTC
          octets INTEGER NOT NULL,
          PRIMARY KEY (source, day)
        ) STRICT, WITHOUT ROWID;

        """

    private static let messages = """
        CREATE TABLE message (
          id           INTEGER PRIMARY KEY AUTOINCREMENT,
          identity     BLOB    NOT NULL UNIQUE,  -- SHA-256 of what makes two messages the same
          message_id   TEXT,
          subject      TEXT,
          from_name    TEXT,
          from_address TEXT,                     -- as sent, domain as A-label
          from_key     TEXT,                     -- as compared
          date         INTEGER,                  -- the sender's clock
          received     INTEGER NOT NULL,         -- INTERNALDATE of its first placement
          direction    TEXT    NOT NULL CHECK (direction IN ('in','out')),
          account      INTEGER REFERENCES account,
          match        TEXT    NOT NULL,
          match_reason TEXT    NOT NULL,
          verdict      TEXT    NOT NULL CHECK (verdict IN ('proven','open','against')),
          verdict_reason TEXT  NOT NULL,
          contact      INTEGER REFERENCES contact ON DELETE SET NULL,
          nature       TEXT    NOT NULL,         -- ordinary, bulk, or the kind of automatic mail
          is_other     INTEGER NOT NULL,         -- bulk mail of strangers
          into_intake  INTEGER NOT NULL,         -- matched, but out of the client's sight
          history      INTEGER NOT NULL,         -- received before the source's first start
          in_reply_to  TEXT,
          problems     TEXT,                     -- what the parser had to say, a line each
          recorded     INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX message_account ON message (account, received);
        CREATE INDEX message_from ON message (from_key);
        CREATE INDEX message_received ON message (received);
        CREATE INDEX message_message_id ON message (message_id) WHERE message_id IS NOT NULL;

        CREATE TABLE recipient (
          message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          role    TEXT    NOT NULL CHECK (role IN ('to','cc','bcc','reply_to')),
          place   INTEGER NOT NULL,
          name    TEXT,
          address TEXT    NOT NULL,
          key     TEXT    NOT NULL,
          PRIMARY KEY (message, role, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX recipient_key ON recipient (key);

        -- Accounts that staff may choose from for what waits.
        CREATE TABLE suggestion (
          message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          place   INTEGER NOT NULL,
          account INTEGER NOT NULL REFERENCES account,
          because TEXT    NOT NULL,
          PRIMARY KEY (message, place)
        ) STRICT, WITHOUT ROWID;

        -- Accounts on whose Email tab a message shows besides its own: To and Cc.
        CREATE TABLE mention (
          message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          account INTEGER NOT NULL REFERENCES account,
          PRIMARY KEY (message, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX mention_account ON mention (account);

        CREATE TABLE original (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          sha256   BLOB    NOT NULL UNIQUE,
          message  INTEGER REFERENCES message,   -- null while it could not be parsed
          octets   INTEGER NOT NULL,
          segment  INTEGER NOT NULL,             -- where in originals/: see OriginalStore
          offset   INTEGER NOT NULL,
          length   INTEGER NOT NULL,
          verdict  TEXT,
          verdict_reason TEXT
        ) STRICT;
        CREATE INDEX original_message ON original (message);

        -- Octets that an original needs to be whole again.
        CREATE TABLE original_content (
          original INTEGER NOT NULL REFERENCES original ON DELETE CASCADE,
          content  BLOB    NOT NULL REFERENCES content,
          PRIMARY KEY (original, content)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX original_content_content ON original_content (content);

        -- What is durable in content/.
        CREATE TABLE content (
          sha256 BLOB    PRIMARY KEY,
          octets INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- The ledger: every leaf and every container of every message, each in one state.
        CREATE TABLE part (
          id          INTEGER PRIMARY KEY AUTOINCREMENT,
          message     INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          section     TEXT    NOT NULL,
          unwrapped_from TEXT,                   -- section of the container
          media_type  TEXT    NOT NULL,
          disposition TEXT,
          name        TEXT,                      -- decoded, as sent
          charset     TEXT,
          content_id  TEXT,
          octets      INTEGER NOT NULL,
          sha256      BLOB    NOT NULL,
          stored      INTEGER NOT NULL,          -- whether content/ holds it
          container   INTEGER NOT NULL,
          family      TEXT,                      -- by its first octets: see FileFamily
          sniffed     TEXT,                      -- media type by its first octets
          macros      INTEGER NOT NULL DEFAULT 0,
          in_html     INTEGER NOT NULL DEFAULT 0, -- the message's own HTML shows it
          width       INTEGER,
          height      INTEGER,
          unwrapping  TEXT,
          encrypted   INTEGER NOT NULL DEFAULT 0,
          scan        TEXT,                      -- null: not asked; clean, unscanned, or infected
          scan_found  TEXT,
          state       TEXT    NOT NULL CHECK (state IN
                      ('filed','shown','duplicate','unwrapped','needs_filing','failed')),
          reason      TEXT,
          because     TEXT    NOT NULL,          -- the sentence people read
          place       TEXT,                      -- the setting that decided: file:line
          document    INTEGER REFERENCES document,
          next_try    INTEGER,
          UNIQUE (message, section)
        ) STRICT;
        -- Links in a text to files that lie elsewhere.
        CREATE TABLE file_link (
          part    INTEGER NOT NULL REFERENCES part ON DELETE CASCADE,
          place   INTEGER NOT NULL,
          service TEXT    NOT NULL,
          url     TEXT    NOT NULL,
          expiry  TEXT,
          PRIMARY KEY (part, place)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX part_waiting ON part (state, reason) WHERE state IN ('needs_filing', 'failed');
        CREATE INDEX part_sha256 ON part (sha256);
        CREATE INDEX part_document ON part (document) WHERE document IS NOT NULL;

        """

    private static let accounts = """
        CREATE TABLE account (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          number   TEXT    NOT NULL UNIQUE,
          type     TEXT    NOT NULL CHECK (type IN ('client','prospect','guest')),
          name     TEXT    NOT NULL,
          language TEXT    NOT NULL CHECK (language IN ('de','ja','en')),
          filing   TEXT    CHECK (filing IN ('auto','suggest','off')), -- null: as the firm
          assigned TEXT,
          directory TEXT   NOT NULL UNIQUE,      -- in documents/; stays when the name changes
          history  INTEGER NOT NULL DEFAULT 0,   -- whether staff released the mail from before the first start
          created  INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE folder (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          account    INTEGER NOT NULL REFERENCES account,
          name       TEXT    NOT NULL,           -- one path component
          access     TEXT    NOT NULL CHECK (access IN ('private','view','edit')),
          is_default INTEGER NOT NULL DEFAULT 0,
          is_intake  INTEGER NOT NULL DEFAULT 0,
          UNIQUE (account, name)
        ) STRICT;

        CREATE TABLE contact (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          name    TEXT    NOT NULL,
          kind    TEXT    NOT NULL CHECK (kind IN ('person','device','service')),
          primary_account INTEGER REFERENCES account
        ) STRICT;

        -- The triple that the four switches belong to.
        CREATE TABLE account_contact (
          account INTEGER NOT NULL REFERENCES account,
          contact INTEGER NOT NULL REFERENCES contact,
          key     TEXT    NOT NULL,              -- the address as compared
          address TEXT    NOT NULL,              -- as typed
          sync    INTEGER NOT NULL,
          notify  INTEGER NOT NULL,
          login   INTEGER NOT NULL,
          sign    INTEGER NOT NULL,
          PRIMARY KEY (account, contact, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX account_contact_key ON account_contact (key);

        CREATE TABLE domain_rule (
          domain  TEXT    NOT NULL,              -- A-label, lower case
          account INTEGER NOT NULL REFERENCES account,
          matches INTEGER NOT NULL,              -- zero: a suggestion only
          PRIMARY KEY (domain, account)
        ) STRICT, WITHOUT ROWID;

        -- "This contact and this word in the subject mean that account", as staff said once.
        CREATE TABLE remembered_rule (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          contact INTEGER NOT NULL REFERENCES contact,
          thread  TEXT,                          -- a Message-ID in References, or
          word    TEXT,                          -- a word of the subject, case-folded
          account INTEGER NOT NULL REFERENCES account
        ) STRICT;

        -- Senders whose open verdict staff have confirmed.
        CREATE TABLE confirmed_sender (
          key TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID;

        """

    private static let documents = """
        CREATE TABLE document (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          account  INTEGER NOT NULL REFERENCES account,
          folder   INTEGER NOT NULL REFERENCES folder,
          path     TEXT    NOT NULL,             -- below the folder, with '/', empty for none
          name     TEXT    NOT NULL,
          name_key TEXT    NOT NULL,             -- case-folded NFC, for telling names apart
          sha256   BLOB    NOT NULL REFERENCES content,
          octets   INTEGER NOT NULL,
          message  INTEGER REFERENCES message,
          section  TEXT,
          filed    INTEGER NOT NULL,
          placed   TEXT    CHECK (placed IN ('link','reflink','copy')), -- null: planned, not yet on disk
          trashed  INTEGER,
          UNIQUE (account, folder, path, name_key)
        ) STRICT;
        CREATE INDEX document_content ON document (sha256);
        CREATE INDEX document_planned ON document (id) WHERE placed IS NULL;

        """

    private static let audit = """
        CREATE TABLE audit (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          at      INTEGER NOT NULL,
          actor   TEXT    NOT NULL,              -- a person's name, or 'mailroom'
          action  TEXT    NOT NULL,              -- 'account.add', 'file.release', …
          account INTEGER REFERENCES account,
          subject TEXT    NOT NULL,              -- what was acted on
          detail  TEXT    NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX audit_account ON audit (account, at);
        """

    /// What staff do with documents that are there.
    private static let staff = """
        -- Documents whose file still lies where they were before staff moved them or took them out.
        CREATE TABLE document_move (
          document  INTEGER PRIMARY KEY REFERENCES document,
          directory TEXT NOT NULL,               -- the account's
          folders   TEXT NOT NULL,               -- with '/'
          name      TEXT NOT NULL,
          placed    TEXT NOT NULL                -- how the file came to be on the disk
        ) STRICT;

        -- Taken out of its folder by staff: waits until they file it again, whatever else is judged anew.
        ALTER TABLE part ADD COLUMN unfiled INTEGER NOT NULL DEFAULT 0;
        """
}
