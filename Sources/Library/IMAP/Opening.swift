internal import CEtPan
internal import Mail
internal import Transport

/// A connection up to the login: connected, greeted, and encrypted where it has to be.
struct Opening {
    let connection: Connection
    /// As of before the login; empty if the server would not say.
    let capabilities: Set<String>
    let isPreauth: Bool
    private let greeting: String

    /// | security | greeting | then |
    /// |---|---|---|
    /// | TLS | OK or PREAUTH | the handshake came first, whoever speaks is proven |
    /// | STARTTLS | OK | STARTTLS, nothing buffered after its answer, a handshake; all is asked anew |
    /// | STARTTLS | PREAUTH | refused: there is no STARTTLS in that state, so it would never be encrypted |
    /// | plain | OK or PREAUTH | as the configuration wishes |
    static func connect(to endpoint: IMAPEndpoint, _ cancellation: Cancellation) throws(IMAPError) -> Opening
    {
        let pace = Pace(seconds: endpoint.connectSeconds, octets: 1 << 20)
        let transport: Transport
        do throws(TransportError) {
            transport = try Transport.connect(
                to: endpoint.host, port: endpoint.port, pace: pace, cancellation: cancellation)
            if endpoint.security == .tls {
                try transport.startTLS(host: endpoint.host, caFile: endpoint.caFile)
            }
        } catch {
            throw IMAPError(error, doing: "connecting to \(endpoint)")
        }
        let ordinary = Pace(seconds: endpoint.commandSeconds, octets: endpoint.largestAnswer)
        let (connection, isPreauth) = try Connection.greeted(over: transport, pace: ordinary)
        let greeting = connection.wire.scanner.greeting
        guard endpoint.security == .startTLS else {
            let capabilities = isPreauth ? [] : try connection.capabilities()
            return Opening(
                connection: connection, capabilities: capabilities, isPreauth: isPreauth, greeting: greeting)
        }
        guard !isPreauth else {
            throw IMAPError(
                .unsupported, doing: "STARTTLS",
                words: "the server says PREAUTH, so nothing would be encrypted")
        }
        try encrypt(connection, endpoint)
        return Opening(
            connection: connection, capabilities: try connection.capabilities(), isPreauth: false,
            greeting: greeting)
    }

    private static func encrypt(_ connection: Connection, _ endpoint: IMAPEndpoint) throws(IMAPError) {
        guard try connection.capabilities().contains("STARTTLS") else {
            throw IMAPError(.unsupported, doing: "STARTTLS", words: "the server offers no STARTTLS")
        }
        try connection.run(Command("STARTTLS"))
        guard !connection.hasBuffered, !connection.wire.scanner.isInsideLine else {
            throw IMAPError(
                .protocolViolation, doing: "STARTTLS", words: "somebody put words in before the handshake")
        }
        do {
            try connection.wire.transport.startTLS(host: endpoint.host, caFile: endpoint.caFile)
        } catch {
            throw IMAPError(error, doing: "STARTTLS")
        }
    }

    /// Asks who the server is, where it says it will tell. RFC 2971.
    ///
    /// A server of NetEase (163.com, 2024) refuses EXAMINE to clients that have not introduced themselves.
    func identity(_ capabilities: Set<String>) throws(IMAPError) -> ServerIdentity {
        var identity = ServerIdentity(greeting: greeting)
        identity.tlsVersion = connection.wire.transport.tlsVersion
        identity.certificateExpiry = connection.wire.transport.certificateExpiry
        guard capabilities.contains("ID") else { return identity }
        try unsafe connection.run(Command(#"ID ("name" "Mailroom")"#, doing: "ID")) { imap in
            let list = unsafe imap.pointee.imap_response_info?.pointee.rsp_extension_list
            unsafe Parsed.forEachExtension(
                list, MAILIMAP_EXTENSION_ID, type: 0, as: mailimap_id_params_list.self
            ) { parameters in
                unsafe Parsed.forEach(parameters.idpa_list, as: mailimap_id_param.self) { parameter in
                    let value = unsafe Parsed.string(parameter.idpa_value)
                    switch unsafe Parsed.string(parameter.idpa_name)?.lowercased() {
                    case "name": identity.name = value
                    case "version": identity.version = value
                    default: break
                    }
                }
            }
        }
        return identity
    }
}

extension Connection {
    /// Asks what the server can do; in capitals.
    func capabilities() throws(IMAPError) -> Set<String> {
        try unsafe run(Command("CAPABILITY")) { imap in
            var found: Set<String> = []
            let data = unsafe imap.pointee.imap_connection_info?.pointee.imap_capability
            unsafe Parsed.forEach(data?.pointee.cap_list, as: mailimap_capability.self) { item in
                switch unsafe Int(item.cap_type) {
                case MAILIMAP_CAPABILITY_AUTH_TYPE:
                    if let name = unsafe Parsed.string(item.cap_data.cap_auth_type) {
                        found.insert("AUTH=" + name.uppercased())
                    }
                default:
                    if let name = unsafe Parsed.string(item.cap_data.cap_name) {
                        found.insert(name.uppercased())
                    }
                }
            }
            return found
        }
    }
}
