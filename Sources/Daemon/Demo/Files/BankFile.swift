/// What banks and invoicing programs write, cut to the bone and well-formed.
enum BankFile {
    /// ISO 20022, a customer's statement of one day.
    static func camt(_ name: String, day: String, amount: String) -> DemoFile {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
              <BkToCstmrStmt>
                <GrpHdr><MsgId>camt-\(day)</MsgId><CreDtTm>\(day)T05:30:00+01:00</CreDtTm></GrpHdr>
                <Stmt>
                  <Id>\(day)-001</Id>
                  <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
                  <Bal>
                    <Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
                    <Amt Ccy="EUR">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>\(day)</Dt></Dt>
                  </Bal>
                </Stmt>
              </BkToCstmrStmt>
            </Document>

            """
        return DemoFile(name: name, mediaType: "application/xml", octets: Array(text.utf8))
    }

    /// SWIFT's statement, tags between colons.
    static func mt940(_ name: String, compactDay: String, amount: String) -> DemoFile {
        let day = compactDay.dropFirst(2)
        let text = """
            :20:STARTUMS
            :25:12030000/0000202051
            :28C:00031/001
            :60F:C\(day)EUR1203,55
            :61:\(day)\(compactDay.suffix(4))CR\(amount)NTRFNONREF
            :86:166?00GUTSCHRIFT?20Tageseinnahmen?32BAECKEREI HOFMANN GMBH
            :62F:C\(day)EUR\(amount)
            -

            """
        return DemoFile(name: name, mediaType: "application/octet-stream", octets: Array(text.crlf.utf8))
    }

    /// EN 16931 in the syntax of UBL: a German electronic invoice.
    static func xRechnung(_ name: String, number: String, day: String, amount: String) -> DemoFile {
        let profile = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
                xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
                xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
              <cbc:CustomizationID>\(profile)</cbc:CustomizationID>
              <cbc:ID>\(number)</cbc:ID>
              <cbc:IssueDate>\(day)</cbc:IssueDate>
              <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
              <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
              <cac:LegalMonetaryTotal>
                <cbc:PayableAmount currencyID="EUR">\(amount)</cbc:PayableAmount>
              </cac:LegalMonetaryTotal>
            </ubl:Invoice>

            """
        return DemoFile(name: name, mediaType: "text/xml", octets: Array(text.utf8))
    }

    static func csv(_ name: String, _ rows: [[String]], charset: Charset = .utf8) -> DemoFile {
        let lines = rows.map { $0.joined(separator: ";") + "\r\n" }
        return DemoFile(name: name, mediaType: "text/csv", octets: charset.encode(lines.joined()))
    }
}
