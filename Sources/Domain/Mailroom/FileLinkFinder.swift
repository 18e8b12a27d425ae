internal import Text

/// Finds links to files that lie with a service, in the text of a message.
package enum FileLinkFinder {
    /// Each service once, in order, of the first 200,000 characters.
    package static func links(in text: String) -> [FileLink] {
        var found: [FileLink] = []
        let scheme = Array("https://".utf8)
        var rest = text.utf8.prefix(400_000)
        while let start = rest.firstIndex(of: scheme[0]) {
            rest = rest[start...]
            guard rest.starts(with: scheme) else {
                rest = rest.dropFirst()
                continue
            }
            let url = Substring(rest).prefix { !$0.isWhitespace && !"<>\"'()[]{}、。」）".contains($0) }
            rest = rest.dropFirst(scheme.count)
            guard let service = service(of: url), !found.contains(where: { $0.service == service }) else {
                continue
            }
            found.append(
                FileLink(service: service, url: String(url), expiry: expiry(in: text.prefix(200_000))))
            guard found.count < 10 else { break }
        }
        return found
    }

    private static func service(of url: Substring) -> String? {
        let address = url.dropFirst(8).lowercased()
        let host = address.prefix { !"/?#:".contains($0) }
        guard let domain = DomainName(host)?.aLabels else { return nil }
        return services.first { service in
            (domain == service.host || domain.hasSuffix("." + service.host))
                && address.dropFirst(host.count).hasPrefix(service.path)
        }?.name
    }

    /// The rest of the first line that speaks of an end.
    private static func expiry(in text: Substring) -> String? {
        for line in text.split(maxSplits: 2000, whereSeparator: \.isNewline).prefix(2000) {
            let lower = line.lowercased()
            for word in [
                "expires on", "expires", "available until", "gültig bis", "verfügbar bis", "有効期限", "保管期限",
                "ダウンロード期限",
            ] {
                guard let range = lower.firstRange(of: word) else { continue }
                let said = lower[range.upperBound...].drop { " :：on".contains($0) }.prefix(40)
                guard said.contains(where: \.isNumber) else { continue }
                return String(said).trimmingEnd
            }
        }
        return nil
    }

    private struct Service: Sendable {
        let host: String
        let path: String
        let name: String

        /// A line of the table: where its links begin, and what people call it.
        init(_ line: Substring) {
            let words = line.split(separator: " ", maxSplits: 1)
            precondition(words.count == 2, "a line has an address and a name")
            host = String(words[0].prefix { $0 != "/" })
            path = String(words[0].dropFirst(host.count))
            name = String(words[1])
        }
    }

    private static let services = table.split(separator: "\n").map(Service.init)

    private static let table = """
        1drv.ms OneDrive
        onedrive.live.com OneDrive
        sharepoint.com SharePoint
        wetransfer.com/downloads WeTransfer
        we.tl WeTransfer
        dropbox.com/s Dropbox
        dropbox.com/t/ Dropbox Transfer
        drive.google.com Google Drive
        docs.google.com Google Drive
        gigafile.nu GigaFile
        firestorage.jp firestorage
        firestorage.com firestorage
        datadeliver.net DataDeliver
        box.com/s Box
        icloud.com/attachment Mail Drop
        icloud.com/iclouddrive iCloud Drive
        swisstransfer.com/d SwissTransfer
        transfernow.net TransferNow
        transfer.pcloud.com pCloud
        mega.nz/f MEGA
        smash.com Smash
        fromsmash.com Smash
        filemail.com/d Filemail
        sendgb.com SendGB
        magentacloud.de/s MagentaCLOUD
        hidrive.ionos.com HiDrive
        hidrive.strato.com HiDrive
        c.gmx.net GMX Cloud
        c.web.de WEB.DE Cloud
        xgf.nu GigaFile
        bitsend.jp bitsend
        tempfile.jp tempfile
        """
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace || ".,;。".contains(last) { text.removeLast() }
        return String(text)
    }
}
