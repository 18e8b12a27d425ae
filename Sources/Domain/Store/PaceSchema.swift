/// Step five of the schema: what every page asks of a large firm's tables.
///
/// The rail counts what waits on each page that is shown; without these the
/// counting goes through all mail there is.
extension Schema {
    static let pace = """
        CREATE INDEX part_needs_filing ON part (reason, message) WHERE state = 'needs_filing';
        -- Everything that is asked of strangers' mail, so that the mail itself is not read.
        CREATE INDEX message_stranger ON message (from_key, received, history, match, direction, nature, is_other, account)
          WHERE account IS NULL AND is_other = 0;
        CREATE INDEX document_kept ON document (account, folder, path, name_key) WHERE trashed IS NULL;
        CREATE INDEX document_trashed ON document (account, trashed) WHERE trashed IS NOT NULL;

        """
}
