package import MIME

extension Vault {
    /// A content that is kept already, to go with a letter: a document, a part of a message, an upload.
    package func attachment(_ file: KeptFile) -> Attachment {
        Attachment(name: file.name, mediaType: file.mediaType, octets: file.octets) { sink in
            try self.pass(content: file.sha256, to: sink)
        }
    }
}
