/// Step five of the schema: the words that there are, and the text of what is not filed.
///
/// The index of step four is made anew, for it knows neither a single
/// ideograph by itself nor the text of attachments that wait; what it was made
/// of is read again from the originals, the newest first.
extension Schema {
    static let searchWords = wordIndex + attachedText

    private static let wordIndex = """
        DROP TABLE mail_words;
        DROP VIEW mail_indexed;
        DROP TABLE mail_text;
        DELETE FROM mail_entry;
        DROP TABLE document_words;
        DELETE FROM document_entry;

        CREATE TABLE mail_text (
          entry    INTEGER PRIMARY KEY,
          text     TEXT NOT NULL,
          attached TEXT NOT NULL                 -- what attachments say that lie in no folder
        ) STRICT;
        CREATE VIEW mail_indexed (id, subject, sender, recipients, files, text, attached, scope) AS
          SELECT id, subject, sender, recipients, files, text, attached, scope
          FROM mail_entry JOIN mail_text ON mail_text.entry = mail_entry.id;
        CREATE VIRTUAL TABLE mail_words USING fts5 (
          subject, sender, recipients, files, text, attached, scope,
          content='mail_indexed', content_rowid='id', tokenize='\(tokenizer)', columnsize=0
        );
        CREATE VIRTUAL TABLE document_words USING fts5 (
          name, sender, text, scope,
          content='document_indexed', content_rowid='id', tokenize='\(tokenizer)', columnsize=0
        );

        -- Every word of three letters or more that is in an index: what is typed of a word is looked up here, for
        -- an index of its own gathers all that begins so before it gives the first.
        CREATE TABLE search_word (
          word    TEXT    PRIMARY KEY,
          entries INTEGER NOT NULL               -- messages and documents that have it
        ) STRICT, WITHOUT ROWID;

        INSERT OR IGNORE INTO mail_queue SELECT id FROM message;
        INSERT OR IGNORE INTO document_queue SELECT id FROM document;

        """

    private static let attachedText = """
        -- Contents of attachments that wait, whose text nobody has read yet.
        CREATE TABLE text_queue (
          sha256 BLOB PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER search_part_waits AFTER INSERT ON part
        WHEN new.state = 'needs_filing' AND new.stored = 1 AND new.scan IS NOT 'infected' BEGIN
          INSERT OR IGNORE INTO text_queue
            SELECT new.sha256 WHERE NOT EXISTS (SELECT 1 FROM content_text WHERE sha256 = new.sha256);
        END;
        CREATE TRIGGER search_part_changed AFTER UPDATE OF state ON part
        WHEN old.state <> new.state AND 'needs_filing' IN (old.state, new.state) BEGIN
          INSERT OR IGNORE INTO mail_queue VALUES (new.message);
          INSERT OR IGNORE INTO text_queue SELECT new.sha256
            WHERE new.state = 'needs_filing' AND new.stored = 1 AND new.scan IS NOT 'infected'
              AND NOT EXISTS (SELECT 1 FROM content_text WHERE sha256 = new.sha256);
        END;
        INSERT OR IGNORE INTO text_queue SELECT sha256 FROM part
          WHERE state = 'needs_filing' AND stored = 1 AND scan IS NOT 'infected'
            AND NOT EXISTS (SELECT 1 FROM content_text WHERE content_text.sha256 = part.sha256);

        """
}
