package import Text

/// Domains where everybody can have an address, so that the domain says nothing of the sender.
package struct FreeMail: Sendable {
    private let domains: Set<DomainName>

    /// The built-in ones, and those of `never_by_domain`.
    package init(besides: [DomainName] = []) {
        domains = Self.builtIn.union(besides)
    }

    package func contains(_ domain: DomainName) -> Bool {
        domains.contains(domain) || domains.contains(domain.organization)
    }

    private static let builtIn = Set(list.split(whereSeparator: \.isWhitespace).compactMap { DomainName($0) })

    private static let list = """
        gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.jp outlook.at outlook.es
        outlook.it outlook.be outlook.dk hotmail.com hotmail.de hotmail.fr hotmail.it hotmail.es
        hotmail.co.uk hotmail.co.jp hotmail.ch hotmail.be live.com live.de live.fr live.jp live.nl live.at
        live.it live.co.uk live.be live.dk msn.com passport.com windowslive.com yahoo.com yahoo.de
        yahoo.co.jp yahoo.co.uk yahoo.fr yahoo.it yahoo.es yahoo.at yahoo.ca yahoo.in yahoo.com.br
        yahoo.com.au yahoo.com.tw yahoo.ne.jp ymail.ne.jp ymail.com ybb.ne.jp rocketmail.com aol.com aol.de
        aim.com icloud.com me.com mac.com privaterelay.appleid.com gmx.de gmx.net gmx.at gmx.ch gmx.com
        gmx.org gmx.info gmx.eu gmx.biz gmx.fr gmx.co.uk web.de email.de mail.de freenet.de t-online.de
        magenta.de arcor.de vodafone.de vodafonemail.de online.de onlinehome.de kabelmail.de unitybox.de
        1und1.de o2mail.de o2online.de alice.de alice-dsl.net alice-dsl.de netcologne.de ewetel.net ewe.net
        osnanet.de versanet.de htp-tel.de nexgo.de tele2.de mailbox.org posteo.de posteo.net posteo.eu
        posteo.org tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me proton.me
        protonmail.com protonmail.ch pm.me hushmail.com fastmail.com fastmail.fm runbox.com startmail.com
        disroot.org riseup.net kolabnow.com hey.com mailfence.com zoho.com zohomail.com zohomail.eu mail.com
        email.com usa.com europe.com mein.gmx genion.de lycos.de lycos.com firemail.de directbox.com
        bluewin.ch hispeed.ch sunrise.ch swissonline.ch gmx.li aon.at chello.at a1.net drei.at inode.at
        liwest.at kabsi.at utanet.at docomo.ne.jp mopera.net mopera.ne.jp ezweb.ne.jp au.com softbank.ne.jp
        i.softbank.jp vodafone.ne.jp disney.ne.jp uqmobile.jp uqcommunications.jp rakuten.jp ymobile.ne.jp
        nifty.com nifty.ne.jp biglobe.ne.jp ocn.ne.jp so-net.ne.jp so-net.jp plala.or.jp dion.ne.jp
        auone-net.jp odn.ne.jp asahi-net.or.jp infoweb.ne.jp hi-ho.ne.jp wakwak.com wakwak.ne.jp zaq.ne.jp
        jcom.home.ne.jp jcom.zaq.ne.jp eonet.ne.jp commufa.jp tiki.ne.jp iij4u.or.jp bbiq.jp pikara.ne.jp
        goo.jp goo.ne.jp mail.goo.ne.jp excite.co.jp excite.com infoseek.jp livedoor.com kitty.jp orange.fr
        wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it tiscali.it alice.it tin.it terra.es
        telefonica.net telenet.be skynet.be proximus.be ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl
        wp.pl o2.pl onet.pl interia.pl gazeta.pl seznam.cz centrum.cz email.cz btinternet.com talktalk.net
        virginmedia.com ntlworld.com sky.com blueyonder.co.uk tiscali.co.uk comcast.net verizon.net att.net
        sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com shaw.ca rogers.com
        sympatico.ca bigpond.com optusnet.com.au mail.ru inbox.ru list.ru bk.ru yandex.ru yandex.com ya.ru
        rambler.ru ukr.net qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com aliyun.com
        foxmail.com naver.com hanmail.net daum.net nate.com rediffmail.com uol.com.br bol.com.br
        terra.com.br
        """
}
