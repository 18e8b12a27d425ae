/// The built-in texts in German.
enum GermanLetters {
    static func text(_ kind: LetterKind) -> String {
        switch kind {
        case .request: request
        case .reminder: reminder
        case .overdue: overdue
        case .secondReminder: secondReminder
        case .rejection: rejection
        case .receipt: receipt
        case .share: share
        case .undelivered: undelivered
        case .uploaded: uploaded
        case .letter: letter
        case .invitation: invitation
        case .signIn: signIn
        case .code: code
        }
    }

    private static let request = """
        Subject: Bitte um Unterlagen: {title}

        {greeting}

        für {account} benötigen wir noch Unterlagen von Ihnen.

        {message}

        Angeforderte Unterlagen
        {items}

        Für Sie beigelegt, über den Link anzusehen
        {documents}

        Bitte senden Sie uns die Unterlagen bis {due}.

        Unterlagen hochladen: {link}

        Der Link gilt bis {expires}. Sie brauchen kein Konto und kein Passwort. Ihre Dateien werden verschlüsselt übertragen, direkt an {firm}.
        {invite_reply}

        Bei Fragen erreichen Sie uns unter {phone}.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let reminder = """
        Subject: Erinnerung: {title}

        {greeting}

        für {account} fehlen uns noch Unterlagen. Daran möchten wir Sie freundlich erinnern.

        Das fehlt noch
        {items}

        Bereits erhalten
        {received}

        Bitte senden Sie uns die fehlenden Unterlagen bis {due}.

        Unterlagen hochladen: {link}

        Der Link gilt bis {expires}.
        {invite_reply}

        Haben Sie uns inzwischen alles geschickt? Dann betrachten Sie diese Erinnerung bitte als erledigt.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let overdue = """
        Subject: Frist abgelaufen: {title}

        {greeting}

        für {account} fehlen uns noch Unterlagen.
        Wir hatten Sie gebeten, sie uns bis {due} zu senden.
        Bitte reichen Sie sie möglichst bald nach, damit wir rechtzeitig für Sie arbeiten können.

        Das fehlt noch
        {items}

        Bereits erhalten
        {received}

        Unterlagen hochladen: {link}

        Der Link gilt bis {expires}.
        {invite_reply}

        Können Sie etwas nicht beschaffen oder brauchen Sie mehr Zeit? Dann geben Sie uns bitte kurz Bescheid.
        Sie erreichen uns unter {phone}.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let secondReminder = """
        Subject: Erneute Erinnerung: {title}

        {greeting}

        wir haben Sie bereits daran erinnert, dass uns für {account} noch Unterlagen fehlen. Leider können wir ohne sie nicht weiterarbeiten.

        Das fehlt noch
        {items}

        Bereits erhalten
        {received}

        Vereinbarte Frist: {due}

        Unterlagen hochladen: {link}

        Der Link gilt bis {expires}.
        {invite_reply}

        Können Sie etwas nicht beschaffen oder brauchen Sie mehr Zeit? Dann geben Sie uns bitte kurz Bescheid.
        Sie erreichen uns unter {phone}.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let rejection = """
        Subject: Bitte noch einmal: {title}

        {greeting}

        vielen Dank für die Unterlagen zu {account}. Einen Teil davon können wir leider so nicht verwenden. Bitte senden Sie uns diese Unterlagen noch einmal.

        Bitte noch einmal senden
        {items}

        {message}

        Bitte senden Sie uns die Unterlagen bis {due}.

        Unterlagen hochladen: {link}

        Der Link gilt bis {expires}.
        {invite_reply}

        Bei Fragen erreichen Sie uns unter {phone}.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let receipt = """
        Subject: Eingangsbestätigung: {title}

        {greeting}

        vielen Dank. Wir haben {count} für {account} erhalten.

        Erhaltene Dateien
        {files}

        Das fehlt noch
        {items}

        Weitere Unterlagen hochladen: {link}

        An der Prüfsumme (SHA-256) lässt sich jederzeit nachweisen, dass eine Datei unverändert angekommen ist.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let share = """
        Subject: Dokumente für Sie: {title}

        {greeting}

        {person} hat Dokumente für Sie freigegeben, die {account} betreffen.

        {message}

        Für Sie freigegeben
        {items}

        Dokumente ansehen: {link}

        Der Link gilt bis {expires}. Sie brauchen kein Konto und kein Passwort. Bitte leiten Sie diese E-Mail nicht weiter: Wer den Link hat, kann die Dokumente sehen.

        Bei Fragen erreichen Sie uns unter {phone}.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let undelivered = """
        Subject: Nicht zugestellt: {title}

        {greeting}

        die Nachricht „{title}“ konnte {address} nicht zugestellt werden.
        Es geht um {account}.

        Der Server des Empfängers meldet
        {words}

        Dieser Empfänger erhält keine Erinnerungen mehr. Bitte prüfen Sie die Adresse und senden Sie die Nachricht dann noch einmal.
        """

    private static let uploaded = """
        Subject: Dateien von {person}: {title}

        {greeting}

        {person} hat {count} für {account} gesendet: „{title}“.

        Eingegangen
        {items}

        Ansehen: {link}
        """

    private static let letter = """
        Subject: {title}

        {message}

        {person}
        {firm}
        """

    private static let invitation = """
        Subject: Ihr Zugang zu den Unterlagen: {title}

        {greeting}

        wir haben für Sie einen Zugang zu den Unterlagen von {account} eingerichtet. Dort sehen Sie, was wir für Sie bereitgestellt haben, und können uns Dateien schicken.

        {message}

        Zu den Unterlagen: {link}

        Geben Sie dort die E-Mail-Adresse ein, an die diese Nachricht ging. Wir schicken Ihnen dann eine Nachricht, mit der Sie sich anmelden. Zu merken brauchen Sie sich nichts.

        Bei Fragen erreichen Sie uns unter {phone}.

        Freundliche Grüße
        {person}
        {firm}
        """

    private static let signIn = """
        Subject: Ihre Anmeldung: {title}

        {greeting}

        jemand möchte sich mit Ihrer E-Mail-Adresse bei {firm} anmelden, um die Unterlagen von {account} zu sehen.

        Anmelden: {link}

        Das gilt 20 Minuten lang und für eine Anmeldung.

        Waren Sie es nicht? Dann brauchen Sie nichts zu tun. Geben Sie diese Nachricht nicht weiter: Wer sie hat, sieht Ihre Unterlagen.

        {person}
        {firm}
        """

    private static let code = """
        Subject: Ihr Code von {firm}

        {greeting}

        jemand hat einen Link geöffnet, den wir an Ihre Adresse geschickt haben. Damit wir wissen, dass Sie es sind, geben Sie dort bitte diesen Code ein:

        {code}

        Er gilt 10 Minuten lang und für einen Besuch.

        Waren Sie es nicht? Dann hat jemand anders Ihren Link, aber nicht diesen Code. Geben Sie ihn niemandem, auch nicht am Telefon, und sagen Sie uns bitte Bescheid.
        Sie erreichen uns unter {phone}.

        {firm}
        """
}
