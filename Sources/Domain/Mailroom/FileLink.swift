/// A link to files that lie elsewhere: never fetched by itself.
package struct FileLink: Hashable, Sendable {
    /// As people call it: `WeTransfer`.
    package let service: String
    package let url: String
    /// As the text says it, where it does.
    package let expiry: String?

    package init(service: String, url: String, expiry: String? = nil) {
        self.service = service
        self.url = url
        self.expiry = expiry
    }
}
