/// Step four of the schema: the words of mail and documents.
///
/// Nothing is indexed where it is recorded: triggers put what is new or has
/// changed into a queue, and the service `Indexing` works through it. What a
/// crash interrupts is still in the queue.
///
/// Ids of entries grow with the time: minutes since 1970 times 4096, and a
/// number within the minute. So the newest come first in the order of the
/// index itself, and days are a range of it.
extension Schema {
    /// The name under which tables know ``SearchTokenizer``.
    static let tokenizer = "mailroom"

    static let search = """
        CREATE TABLE mail_queue (
          message INTEGER PRIMARY KEY
        ) STRICT;
        CREATE TABLE document_queue (
          document INTEGER PRIMARY KEY
        ) STRICT;

        -- What is indexed of a message, as it was indexed: an index without content of its own gives up a row
        -- only to whoever knows what was in it.
        CREATE TABLE mail_entry (
          id         INTEGER PRIMARY KEY,
          message    INTEGER NOT NULL UNIQUE,    -- which may be gone by now: then it is in the queue
          subject    TEXT    NOT NULL,
          sender     TEXT    NOT NULL,
          recipients TEXT    NOT NULL,
          files      TEXT    NOT NULL,
          scope      TEXT    NOT NULL            -- words that nobody types: see SearchScope
        ) STRICT;
        CREATE TABLE mail_text (
          entry INTEGER PRIMARY KEY,
          text  TEXT NOT NULL
        ) STRICT;
        CREATE VIEW mail_indexed (id, subject, sender, recipients, files, text, scope) AS
          SELECT id, subject, sender, recipients, files, text, scope
          FROM mail_entry JOIN mail_text ON mail_text.entry = mail_entry.id;
        CREATE VIRTUAL TABLE mail_words USING fts5 (
          subject, sender, recipients, files, text, scope,
          content='mail_indexed', content_rowid='id', tokenize='\(tokenizer)', columnsize=0
        );

        CREATE TABLE document_entry (
          id       INTEGER PRIMARY KEY,
          document INTEGER NOT NULL UNIQUE,
          sha256   BLOB    NOT NULL,
          name     TEXT    NOT NULL,
          sender   TEXT    NOT NULL,
          scope    TEXT    NOT NULL,
          has_text INTEGER NOT NULL              -- whether content_text had its say when this was indexed
        ) STRICT;
        CREATE INDEX document_entry_sha256 ON document_entry (sha256);
        CREATE INDEX document_entry_textless ON document_entry (id) WHERE has_text = 0;
        -- What the octets of a document say.
        CREATE TABLE content_text (
          sha256   BLOB    PRIMARY KEY,
          state    TEXT    NOT NULL CHECK (state IN ('read','none','failed','waiting')),
          text     TEXT    NOT NULL DEFAULT '',
          reason   TEXT,
          tries    INTEGER NOT NULL DEFAULT 0,
          next_try INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE VIEW document_indexed (id, name, sender, text, scope) AS
          SELECT id, name, sender, coalesce(CASE WHEN has_text THEN text END, ''), scope
          FROM document_entry LEFT JOIN content_text ON content_text.sha256 = document_entry.sha256;
        CREATE VIRTUAL TABLE document_words USING fts5 (
          name, sender, text, scope,
          content='document_indexed', content_rowid='id', tokenize='\(tokenizer)', columnsize=0
        );

        CREATE TRIGGER search_message_new AFTER INSERT ON message BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (new.id);
        END;
        CREATE TRIGGER search_message_account AFTER UPDATE OF account ON message
        WHEN old.account IS NOT new.account BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (new.id);
        END;
        CREATE TRIGGER search_message_gone AFTER DELETE ON message BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (old.id);
        END;
        -- Parts that come later: a container that staff opened.
        CREATE TRIGGER search_part_new AFTER INSERT ON part
        WHEN EXISTS (SELECT 1 FROM mail_entry WHERE message = new.message) BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (new.message);
        END;
        -- The same message in another mailbox.
        CREATE TRIGGER search_placement_new AFTER INSERT ON placement
        WHEN new.message IS NOT NULL AND EXISTS (SELECT 1 FROM mail_entry WHERE message = new.message) BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (new.message);
        END;
        CREATE TRIGGER search_placement_changed AFTER UPDATE OF message ON placement
        WHEN new.message IS NOT old.message AND EXISTS (SELECT 1 FROM mail_entry WHERE message = new.message) BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (new.message);
        END;
        CREATE TRIGGER search_document_new AFTER INSERT ON document BEGIN
          INSERT OR IGNORE INTO document_queue VALUES (new.id);
        END;
        CREATE TRIGGER search_document_changed AFTER UPDATE OF account, name, sha256 ON document
        WHEN (old.account, old.name, old.sha256) IS NOT (new.account, new.name, new.sha256) BEGIN
          INSERT OR IGNORE INTO document_queue VALUES (new.id);
        END;
        CREATE TRIGGER search_document_gone AFTER DELETE ON document BEGIN
          INSERT OR IGNORE INTO document_queue VALUES (old.id);
        END;

        INSERT INTO mail_queue SELECT id FROM message;
        INSERT INTO document_queue SELECT id FROM document;

        """
}
