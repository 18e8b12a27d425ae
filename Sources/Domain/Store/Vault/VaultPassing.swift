package import Mail

// The vault's readers know the vault's errors alone. Here another one stops
// them, and is thrown in the place of theirs.

extension Vault {
    /// Hands an original on to a sink with errors of its own.
    package func pass(
        _ place: OriginalPlace, _ digest: SHA256Digest, to sink: (Span<UInt8>) throws -> Void
    ) throws {
        let location = OriginalLocation(
            segment: place.segment, offset: Int(place.offset), length: Int(place.length))
        var failure: (any Error)?
        do {
            try originals.stream(location, sha256: digest, contents: contents) { piece throws(VaultError) in
                failure = Self.attempt(piece, sink)
                if failure != nil { throw Self.stopped }
            }
        } catch {
            throw failure ?? error
        }
    }

    /// Hands a content on in the same way.
    package func pass(content digest: SHA256Digest, to sink: (Span<UInt8>) throws -> Void) throws {
        var failure: (any Error)?
        do {
            try contents.stream(digest) { piece throws(VaultError) in
                failure = Self.attempt(piece, sink)
                if failure != nil { throw Self.stopped }
            }
        } catch {
            throw failure ?? error
        }
    }

    fileprivate static let stopped = VaultError(.incomplete, "handing on octets")

    fileprivate static func attempt(
        _ piece: Span<UInt8>, _ sink: (Span<UInt8>) throws -> Void
    ) -> (any Error)? {
        do {
            try sink(piece)
            return nil
        } catch {
            return error
        }
    }
}

extension PendingContent {
    /// Hands its octets on before they are published.
    package func pass(to sink: (Span<UInt8>) throws -> Void) throws {
        var failure: (any Error)?
        do {
            try read { piece throws(VaultError) in
                failure = Vault.attempt(piece, sink)
                if failure != nil { throw Vault.stopped }
            }
        } catch {
            throw failure ?? error
        }
    }
}
