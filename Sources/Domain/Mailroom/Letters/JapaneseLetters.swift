/// The built-in texts in Japanese.
enum JapaneseLetters {
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
        Subject: 【書類ご提出のお願い】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件につきまして、下記の書類のご提出をお願いしたく、ご連絡いたしました。

        {message}

        必要な書類
        {items}

        お渡しする書類（リンクからご覧いただけます）
        {documents}

        ご提出期限：{due}

        書類をアップロードする：{link}

        リンクの有効期限：{expires}。アカウントもパスワードも不要です。通信は暗号化され、{firm}に直接届きます。
        {invite_reply}

        ご不明な点がございましたら、お電話（{phone}）にてお気軽にお問い合わせください。

        お忙しいところ恐れ入りますが、何卒よろしくお願い申し上げます。

        {person}
        {firm}
        """

    private static let reminder = """
        Subject: 【ご確認のお願い】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件で先日お願いいたしました書類につきまして、まだ受領を確認できていないものがございますので、念のためご連絡いたしました。

        未受領の書類
        {items}

        受領済みの書類
        {received}

        ご提出期限：{due}

        書類をアップロードする：{link}

        リンクの有効期限：{expires}
        {invite_reply}

        本メールと行き違いでご提出いただいておりましたら、何卒ご容赦ください。
        お忙しいところ恐れ入りますが、よろしくお願い申し上げます。

        {person}
        {firm}
        """

    private static let overdue = """
        Subject: 【ご提出期限のご連絡】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件でお願いしております書類につきまして、ご提出期限を過ぎておりますが、まだ受領を確認できていないものがございます。
        今後の手続きに支障が生じるおそれがございますので、お早めにご提出くださいますようお願い申し上げます。

        未受領の書類
        {items}

        受領済みの書類
        {received}

        ご提出期限：{due}

        書類をアップロードする：{link}

        リンクの有効期限：{expires}
        {invite_reply}

        ご用意が難しい書類がある場合や、お時間が必要な場合は、ご遠慮なくお知らせください。
        お電話：{phone}

        本メールと行き違いでご提出いただいておりましたら、何卒ご容赦ください。
        お忙しいところ恐れ入りますが、よろしくお願い申し上げます。

        {person}
        {firm}
        """

    private static let secondReminder = """
        Subject: 【再度のお願い】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件で以前にもご連絡いたしましたが、下記の書類をまだ受領できておりません。
        書類がそろわないと手続きを進めることができませんので、重ねてご提出をお願い申し上げます。

        未受領の書類
        {items}

        受領済みの書類
        {received}

        ご提出期限：{due}

        書類をアップロードする：{link}

        リンクの有効期限：{expires}
        {invite_reply}

        ご用意が難しい書類がある場合や、お時間が必要な場合は、ご遠慮なくお知らせください。
        お電話：{phone}

        本メールと行き違いでご提出いただいておりましたら、何卒ご容赦ください。
        お忙しいところ恐れ入りますが、よろしくお願い申し上げます。

        {person}
        {firm}
        """

    private static let rejection = """
        Subject: 【再提出のお願い】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件で書類をお送りいただき、誠にありがとうございます。
        誠に恐れ入りますが、下記の書類につきまして、再度ご提出くださいますようお願い申し上げます。

        再提出をお願いする書類
        {items}

        {message}

        ご提出期限：{due}

        書類をアップロードする：{link}

        リンクの有効期限：{expires}
        {invite_reply}

        ご不明な点がございましたら、お電話（{phone}）にてお気軽にお問い合わせください。
        お手数をおかけいたしますが、何卒よろしくお願い申し上げます。

        {person}
        {firm}
        """

    private static let receipt = """
        Subject: 【書類受領のご連絡】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件で書類をお送りいただき、誠にありがとうございます。{count}を確かに受領いたしました。

        受領したファイル
        {files}

        未受領の書類
        {items}

        書類を追加でアップロードする：{link}

        SHA-256の値により、ファイルが変更されることなく届いたことを確認できます。

        {person}
        {firm}
        """

    private static let share = """
        Subject: 【書類共有のご案内】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の件で、書類をお送りいたします。下記よりご確認くださいますようお願いいたします。

        {message}

        お送りする書類
        {items}

        書類を表示する：{link}

        リンクの有効期限は{expires}です。アカウントやパスワードは不要です。リンクを知っている方は書類を閲覧できますので、このメールは転送なさらないようお願いいたします。

        ご不明な点がございましたら、{phone}までお問い合わせください。

        {person}
        {firm}
        """

    private static let undelivered = """
        Subject: 【未達のお知らせ】{title}

        {greeting}

        メール「{title}」は、{address} に届きませんでした。
        対象：{account}

        相手先サーバーからの応答
        {words}

        この宛先への催促は停止しました。メールアドレスをご確認のうえ、改めて送信してください。
        """

    private static let uploaded = """
        Subject: 【ファイル受領】{title}（{person}様）

        {greeting}

        {account}の件で、{person}様から{count}が届きました。

        件名：{title}

        届いたファイル
        {items}

        確認する：{link}
        """

    private static let letter = """
        Subject: {title}

        {message}

        {person}
        {firm}
        """

    private static let invitation = """
        Subject: 【書類閲覧のご案内】{title}

        {greeting}

        いつもお世話になっております。
        {firm}の{person}でございます。

        {account}の書類をご覧いただけるようになりましたので、ご案内いたします。お渡しする書類の閲覧と、ファイルのご提出にお使いいただけます。

        {message}

        書類を見る：{link}

        上記のページで、このメールを受け取られたメールアドレスをご入力ください。ログイン用のメールをお送りいたします。覚えていただくものはございません。

        ご不明な点がございましたら、お電話（{phone}）にてお気軽にお問い合わせください。

        {person}
        {firm}
        """

    private static let signIn = """
        Subject: 【ログインのご案内】{title}

        {greeting}

        {firm}のページで、{account}の書類をご覧になるためのログインの申し込みがございました。

        ログインする：{link}

        有効時間は20分、ご利用は1回限りです。

        お心当たりがない場合は、何もなさらなくて結構です。このメールをお持ちの方は書類を閲覧できますので、転送なさらないようお願いいたします。

        {person}
        {firm}
        """

    private static let code = """
        Subject: 確認コードのお知らせ（{firm}）

        {greeting}

        お客様宛てにお送りしたリンクが開かれました。ご本人であることを確認するため、開いたページに次のコードを入力してください。

        {code}

        コードの有効時間は10分、ご利用は1回限りです。

        お心当たりがない場合は、第三者がリンクを入手した可能性があります。コードがなければ内容は表示されません。コードは電話などでも決して他の方に伝えず、お手数ですが当事務所までご連絡ください。
        お電話：{phone}

        {firm}
        """
}
