/// Step five of the schema: what became of the trash.
extension Schema {
    static let trash = """
        -- When the trash let go of it: nobody sees it any more. Its octets stay in content/ as long as documents are kept.
        ALTER TABLE document ADD COLUMN emptied INTEGER;
        CREATE INDEX document_trash ON document (trashed) WHERE trashed IS NOT NULL AND emptied IS NULL;

        """
}
