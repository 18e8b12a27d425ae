internal import CCurl

/// What a transfer can be told in text. The names are those of libcurl's options.
package enum TransferText: Sendable {
    case url
    case user
    case password
    /// For XOAUTH2 and OAUTHBEARER.
    case bearer
    /// Which mechanisms may be used: `AUTH=PLAIN;AUTH=LOGIN`.
    case loginOptions
    case caFile
    case mailFrom
    case customRequest
    /// What libcurl may speak at all: `smtp,smtps`.
    case protocols

    var option: CURLoption {
        switch self {
        case .url: CURLOPT_URL
        case .user: CURLOPT_USERNAME
        case .password: CURLOPT_PASSWORD
        case .bearer: CURLOPT_XOAUTH2_BEARER
        case .loginOptions: CURLOPT_LOGIN_OPTIONS
        case .caFile: CURLOPT_CAINFO
        case .mailFrom: CURLOPT_MAIL_FROM
        case .customRequest: CURLOPT_CUSTOMREQUEST
        case .protocols: CURLOPT_PROTOCOLS_STR
        }
    }
}

/// What is on or off, or a number.
package enum TransferNumber: Sendable {
    /// Nothing after STARTTLS was refused or is not offered.
    case tlsRequired
    /// The first answer goes with AUTH. RFC 4954 section 4.
    case initialResponse
    /// A refused recipient does not end the transaction.
    case recipientsMayFail
    case upload
    case noBody
    /// A request with octets, POST, which are read from ``Transfer/feed(_:until:)``.
    case post
    /// How many octets a POST has.
    case postSize

    var option: CURLoption {
        switch self {
        case .tlsRequired: CURLOPT_USE_SSL
        case .initialResponse: CURLOPT_SASL_IR
        case .recipientsMayFail: CURLOPT_MAIL_RCPT_ALLLOWFAILS
        case .upload: CURLOPT_UPLOAD
        case .noBody: CURLOPT_NOBODY
        case .post: CURLOPT_POST
        case .postSize: CURLOPT_POSTFIELDSIZE_LARGE
        }
    }
}

/// What a transfer can be told in a list of lines.
package enum TransferList: Hashable, Sendable {
    case recipients
    case headerFields

    var option: CURLoption {
        switch self {
        case .recipients: CURLOPT_MAIL_RCPT
        case .headerFields: CURLOPT_HTTPHEADER
        }
    }
}
