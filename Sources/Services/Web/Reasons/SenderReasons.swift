/// Whether a sender is who he says, and why.
extension Reason {
    static let sender = [
        Reason(
            "one From field with one address", de: "ein From-Feld mit einer Adresse",
            ja: "差出人（From）は1件のアドレスです"),
        Reason(
            "there is no From with an address that can be read",
            de: "es gibt kein From mit einer lesbaren Adresse", ja: "差出人（From）に読み取れるアドレスがありません"),
        Reason(
            "From is not one field with exactly one address (RFC 5322 section 3.6.2)",
            de: "From ist nicht ein Feld mit genau einer Adresse (RFC 5322, Abschnitt 3.6.2)",
            ja: "差出人（From）が1件に定まりません（RFC 5322 3.6.2節）"),
        Reason(
            "sender_authentication is off: everything counts as proven",
            de: "sender_authentication ist aus: Alles gilt als bestätigt",
            ja: "sender_authentication が off のため、すべて確認済みとして扱います"),
        Reason(
            "neither its domain nor its name can be taken for another's",
            de: "weder Domain noch Name sind mit denen eines anderen zu verwechseln",
            ja: "ドメインにも表示名にも、紛らわしい点はありません"),
        Reason(
            "a mailing list of ours names {1}, and that proves nothing",
            de: "ein Verteiler von uns nennt {1}, und das beweist nichts",
            ja: "当方のメーリングリストが {1} を示していますが、証明にはなりません"),
        Reason(
            "{1} looks like {2}, from where a contact writes",
            de: "{1} sieht aus wie {2}, von wo ein Kontakt schreibt",
            ja: "{1} は、連絡先が使う {2} に酷似しています"),
        Reason(
            "its name shows an address at {1}, but it is from {2}",
            de: "ihr Name zeigt eine Adresse bei {1}, aber sie kommt von {2}",
            ja: "表示名には {1} のアドレスがありますが、実際は {2} からのメールです"),
        Reason(
            "it answers our letter “{1}” by a name that only {2} was told",
            de: "sie antwortet auf unseren Brief „{1}“ unter einem Namen, den nur {2} kennt",
            ja: "当方のメール「{1}」への返信で、{2} だけが知る識別子が付いています"),
        Reason(
            "nothing that the server checked vouches for {1}",
            de: "nichts, was der Server geprüft hat, bürgt für {1}",
            ja: "サーバーの検証結果に {1} を裏付けるものがありません"),
        Reason(
            "this source's server writes no Authentication-Results that count",
            de: "der Server dieses Postfachs schreibt keine Authentication-Results, die zählen",
            ja: "このメールボックスのサーバーには、信頼できる検証結果（Authentication-Results）がありません"),
        Reason(
            "no Received field shows where the message came from outside",
            de: "kein Received-Feld zeigt, wo die Nachricht von außen kam",
            ja: "外部からの受信経路（Received）を確認できません"),
        Reason(
            "the only Authentication-Results came with the message",
            de: "die einzigen Authentication-Results kamen mit der Nachricht",
            ja: "検証結果（Authentication-Results）はメール自体に付いていたものだけです"),
        Reason(
            "the message has no Authentication-Results of a trusted server on top",
            de: "oben in der Nachricht stehen keine Authentication-Results eines Servers, der zählt",
            ja: "信頼できるサーバーの検証結果（Authentication-Results）がありません"),
        Reason(
            "by {1}, above the Received field of the border",
            de: "von {1}, über dem Received-Feld der Grenze",
            ja: "{1} による、受信時の検証結果です"),
        Reason(
            "the server's dmarc={1} is about another domain than {2}",
            de: "dmarc={1} des Servers betrifft eine andere Domain als {2}",
            ja: "サーバーの dmarc={1} は {2} とは別のドメインに関するものです"),
        Reason(
            "dmarc passed by a signature that proves nothing: l=, a short key, or From not covered",
            de:
                "dmarc bestand durch eine Signatur, die nichts beweist: l=, ein kurzer Schlüssel, oder From nicht erfasst",
            ja: "dmarc は通過しましたが、署名が不十分です（l=、短い鍵、または From が対象外）"),
        Reason(
            "the server says dmarc={1} for {2}", de: "der Server sagt dmarc={1} für {2}",
            ja: "サーバーの判定は {2} について dmarc={1} です"),
        Reason(
            "spf=pass for {1}, aligned with From", de: "spf=pass für {1}, passend zu From",
            ja: "{1} について spf=pass、差出人と一致しています"),
        Reason(
            "spf=pass, but not for From's organisation",
            de: "spf=pass, aber nicht für die Organisation in From",
            ja: "spf=pass ですが、差出人の組織とは異なります"),
        Reason(
            "dkim=pass by {1}, aligned with From", de: "dkim=pass von {1}, passend zu From",
            ja: "{1} による dkim=pass、差出人と一致しています"),
        Reason(
            "dkim=pass by a signature with l=, a short key, or From not covered",
            de: "dkim=pass durch eine Signatur mit l=, kurzem Schlüssel oder ohne From",
            ja: "dkim=pass ですが、署名が不十分です（l=、短い鍵、または From が対象外）"),
        Reason(
            "dkim=pass, but not by From's organisation",
            de: "dkim=pass, aber nicht von der Organisation in From",
            ja: "dkim=pass ですが、差出人の組織によるものではありません"),
        Reason(
            "dmarc=fail, and {1} asks for such mail to be treated as {2}",
            de: "dmarc=fail, und {1} verlangt für solche Mail: {2}",
            ja: "dmarc=fail であり、{1} はこのようなメールを {2} とするよう求めています"),
        Reason(
            "dmarc={1} for {2}: spf and dkim are not asked then",
            de: "dmarc={1} für {2}: spf und dkim werden dann nicht gefragt",
            ja: "{2} について dmarc={1} のため、spf と dkim は参照しません"),
    ]
}
