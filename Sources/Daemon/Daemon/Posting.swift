package import Configuration
internal import Mail
package import Mailroom
package import Outbox
internal import Store
internal import Text

extension Configuration {
    /// Days by the firm's calendar.
    package var requestTerms: RequestTerms {
        RequestTerms(days: requests.uploadExpiresDays, zone: TimeZone(firm.timeZone) ?? .utc)
    }
}

extension Office {
    /// Derives the links of requests; the key is made where links are wanted and there is none.
    package func requestLinks() throws -> RequestLinks {
        let url = configuration.web.publicURL
        return RequestLinks(publicURL: url, key: try url == nil ? nil : data.linkKey())
    }

    /// What the firm's letters have in common; nil where it sends none.
    package var stationery: Stationery? {
        let configuration = configuration
        return configuration.sending.map { sending in
            Stationery(
                firm: FirmDetails(name: configuration.firm.name, phone: configuration.firm.phone),
                from: NamedAddress(name: sending.from.name, address: sending.from.address),
                copyTo: sending.copyTo, takesSubAddress: sending.subAddress,
                zone: configuration.requestTerms.zone, invitesReply: configuration.requests.invitesReply)
        }
    }
}
