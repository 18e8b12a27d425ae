/// Step three of the schema: what goes out, what is asked for, and what comes back.
extension Schema {
    static let outgoing = letters + requests + answers

    private static let letters = """
        -- What we send: one message, to one recipient where it belongs to a request.
        CREATE TABLE letter (
          id           INTEGER PRIMARY KEY AUTOINCREMENT,
          kind         TEXT    NOT NULL CHECK (kind IN
                       ('request','reminder','rejection','receipt','notice','automatic','free','probe')),
          route        TEXT,                     -- [mailbox.NAME] by whose server it leaves; null: by [smtp]
          copy_to      TEXT,                     -- the source in whose Sent a copy belongs; null: as the route has it
          reverse_path TEXT    NOT NULL,         -- empty: the null reverse-path
          message_id   TEXT    NOT NULL UNIQUE,  -- as we wrote it, without brackets
          token        TEXT    NOT NULL UNIQUE,  -- secret; in Message-ID, References and the sub-address
          subject      TEXT    NOT NULL,
          sha256       BLOB    NOT NULL,         -- of its octets
          octets       INTEGER NOT NULL,
          original     INTEGER NOT NULL REFERENCES original, -- where its octets are
          message      INTEGER REFERENCES message, -- as the Email tab shows it; null: it never shows there
          smtp_utf8    INTEGER NOT NULL,         -- whether it needs RFC 6531
          eight_bit    INTEGER NOT NULL,         -- whether it needs RFC 6152
          account      INTEGER REFERENCES account,
          request      INTEGER REFERENCES request,
          author       TEXT    NOT NULL,         -- who has it sent, as in the audit
          queued       INTEGER NOT NULL,
          not_before   INTEGER,                  -- null: at once
          held         INTEGER,                  -- when staff held it back
          cancelled    INTEGER
        ) STRICT;
        CREATE INDEX letter_request ON letter (request) WHERE request IS NOT NULL;
        CREATE INDEX letter_message ON letter (message) WHERE message IS NOT NULL;

        -- Every name by which an answer may speak of a letter: Message-IDs in In-Reply-To and References,
        -- ours and what a server made of them.
        CREATE TABLE letter_name (
          message_id TEXT    PRIMARY KEY,
          letter     INTEGER NOT NULL REFERENCES letter
        ) STRICT, WITHOUT ROWID;

        -- What became of a letter, for each recipient of its envelope.
        CREATE TABLE submission (
          letter     INTEGER NOT NULL REFERENCES letter,
          place      INTEGER NOT NULL,
          address    TEXT    NOT NULL,           -- as sent
          key        TEXT    NOT NULL,           -- as compared
          request_recipient INTEGER REFERENCES request_recipient,
          state      TEXT    NOT NULL CHECK (state IN
                     ('queued',                  -- waits: new, or delayed after a 4xx
                      'intended',                -- the final dot may have been sent, and no answer was recorded
                      'sent',                    -- the server took it
                      'refused',                 -- 5xx, or refused for too long
                      'undelivered',             -- taken, and came back
                      'cancelled')),
          attempts   INTEGER NOT NULL DEFAULT 0, -- submissions begun
          intents    INTEGER NOT NULL DEFAULT 0, -- final dots that may have been sent; above one: maybe twice
          next_try   INTEGER,
          reply_code INTEGER,                    -- of the last answer: RFC 5321 section 4.2
          status     TEXT,                       -- RFC 3463, such as 5.1.1
          reply      TEXT,                       -- the server's words
          maybe_twice INTEGER NOT NULL DEFAULT 0, -- an answer was lost and it was sent again
          changed    INTEGER NOT NULL,
          PRIMARY KEY (letter, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX submission_open ON submission (next_try) WHERE state IN ('queued', 'intended');
        CREATE INDEX submission_gone ON submission (changed) WHERE state IN ('intended', 'sent', 'undelivered');
        CREATE INDEX submission_refused ON submission (letter) WHERE state = 'refused';
        CREATE INDEX submission_key ON submission (key);
        CREATE INDEX submission_recipient ON submission (request_recipient) WHERE request_recipient IS NOT NULL;

        -- A letter's copy in the Sent mailbox of a source.
        CREATE TABLE sent_copy (
          letter   INTEGER PRIMARY KEY REFERENCES letter,
          source   TEXT    NOT NULL,
          state    TEXT    NOT NULL CHECK (state IN ('wanted','intended','there','given_up')),
          tries    INTEGER NOT NULL DEFAULT 0,
          next_try INTEGER,
          reason   TEXT
        ) STRICT;
        CREATE INDEX sent_copy_open ON sent_copy (next_try) WHERE state IN ('wanted', 'intended');

        -- What check --online found out about a server that sends.
        CREATE TABLE route_habit (
          route       TEXT    PRIMARY KEY,       -- [mailbox.NAME], or empty for [smtp]
          message_id  TEXT    CHECK (message_id IN ('kept','replaced')),
          files_copy  INTEGER,                   -- the server puts a copy into Sent by itself
          sub_address INTEGER,                   -- it delivers to local+detail
          bounces_to  TEXT,                      -- the source where a bounce was met
          checked     INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """

    private static let requests = """
        CREATE TABLE request (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          account    INTEGER NOT NULL REFERENCES account,
          folder     INTEGER NOT NULL REFERENCES folder,
          path       TEXT    NOT NULL DEFAULT '', -- below the folder, with '/'
          title      TEXT    NOT NULL,
          text       TEXT    NOT NULL,           -- the message the client reads
          language   TEXT    NOT NULL CHECK (language IN ('de','ja','en')),
          state      TEXT    NOT NULL CHECK (state IN ('draft','open','answered','revoked','expired')),
          due        INTEGER,                    -- days since 1970, in the firm's calendar
          expires    INTEGER NOT NULL,
          reminders  TEXT,                       -- its own cadence: days, separated by commas; null: configured
          generation INTEGER NOT NULL DEFAULT 0, -- raised: its links are void
          author     TEXT    NOT NULL,           -- who asks
          created    INTEGER NOT NULL,
          closed     INTEGER                     -- when it was answered, revoked or expired
        ) STRICT;
        CREATE INDEX request_account ON request (account);
        CREATE INDEX request_open ON request (expires) WHERE state = 'open';

        CREATE TABLE request_item (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          request INTEGER NOT NULL REFERENCES request,
          place   INTEGER NOT NULL,
          name    TEXT    NOT NULL,
          state   TEXT    NOT NULL CHECK (state IN ('open','received','accepted','rejected','unavailable')),
          note    TEXT,                          -- why it was rejected, or why the client has none
          changed INTEGER NOT NULL,
          UNIQUE (request, place)
        ) STRICT;

        CREATE TABLE request_recipient (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          request  INTEGER NOT NULL REFERENCES request,
          place    INTEGER NOT NULL,
          name     TEXT,
          address  TEXT    NOT NULL,
          key      TEXT    NOT NULL,
          contact  INTEGER REFERENCES contact ON DELETE SET NULL,
          state    TEXT    NOT NULL CHECK (state IN ('queued','sent','undelivered','opened','done')),
          reason   TEXT,                         -- of undelivered: the remote server's words
          sent     INTEGER,
          changed  INTEGER NOT NULL,
          UNIQUE (request, place)
        ) STRICT;
        CREATE INDEX request_recipient_key ON request_recipient (key);

        -- Documents that the person asked may look at beside the question.
        CREATE TABLE request_attachment (
          request  INTEGER NOT NULL REFERENCES request,
          document INTEGER NOT NULL REFERENCES document,
          place    INTEGER NOT NULL,
          PRIMARY KEY (request, document)
        ) STRICT, WITHOUT ROWID;

        -- What came in answer: beside the open items where it ticks none.
        CREATE TABLE request_part (
          request INTEGER NOT NULL REFERENCES request,
          part    INTEGER NOT NULL REFERENCES part,
          item    INTEGER REFERENCES request_item,
          because TEXT    NOT NULL,              -- why that item, or none
          ticked_by TEXT,                        -- a person, or 'mailroom'; null: no item
          PRIMARY KEY (request, part)
        ) STRICT, WITHOUT ROWID;

        -- Reminders that are done with, sent or passed over: none is sent twice.
        CREATE TABLE reminder (
          recipient INTEGER NOT NULL REFERENCES request_recipient,
          number    INTEGER NOT NULL,            -- from 0, of the cadence; -1: by hand
          letter    INTEGER REFERENCES letter,   -- null: passed over
          at        INTEGER NOT NULL,
          PRIMARY KEY (recipient, number, at)
        ) STRICT, WITHOUT ROWID;

        -- Addresses that stand for an account themselves.
        CREATE TABLE drop_address (
          key     TEXT    PRIMARY KEY,
          address TEXT    NOT NULL,
          account INTEGER NOT NULL REFERENCES account,
          created INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """

    private static let answers = """
        -- What a machine told us of a letter of ours: RFC 3464, 8098, or a mail that says it in words.
        CREATE TABLE report (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          message    INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          letter     INTEGER REFERENCES letter,  -- null: of none of ours
          place      INTEGER,                    -- of the submission
          recipient  TEXT,                       -- as the report names it
          action     TEXT    NOT NULL CHECK (action IN
                     ('failed','delayed','delivered','relayed','expanded','displayed','away','complained')),
          status     TEXT,                       -- RFC 3463
          words      TEXT    NOT NULL            -- the remote server's
        ) STRICT;
        CREATE INDEX report_message ON report (message);
        CREATE INDEX report_letter ON report (letter) WHERE letter IS NOT NULL;

        -- Answers by machine: at most one for each address and day. RFC 3834.
        CREATE TABLE automatic_answer (
          key TEXT    NOT NULL,
          day INTEGER NOT NULL,                  -- days since 1970, UTC
          PRIMARY KEY (key, day)
        ) STRICT, WITHOUT ROWID;

        -- What staff hear of besides mail, newest last.
        CREATE TABLE event (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          at      INTEGER NOT NULL,
          kind    TEXT    NOT NULL,              -- 'request.undelivered', 'request.answered', 'letter.refused' …
          account INTEGER REFERENCES account,
          request INTEGER REFERENCES request,
          message INTEGER REFERENCES message,
          letter  INTEGER REFERENCES letter,
          who     TEXT,                          -- whom it is about: an address
          words   TEXT    NOT NULL
        ) STRICT;
        CREATE INDEX event_account ON event (account, at);
        """
}
