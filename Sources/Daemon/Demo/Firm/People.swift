/// The people of the demo as they write mail; ``DemoFirm`` says for whom they speak.
enum People {
    static let office = Correspondent(name: "Bergmann & Partner", address: DemoFirm.mailbox)
    static let jana = Correspondent(
        name: "Jana Vogel", address: "jana@bergmann-stb.example",
        signature: "Jana Vogel\nBergmann & Partner, Steuerberatungsgesellschaft\n+49 30 5550 142")
    static let yuki = Correspondent(
        name: "森 由紀", address: "yuki@bergmann-stb.example",
        signature: "森 由紀\nBergmann & Partner\n+49 30 5550 143")

    static let sabine = Correspondent(
        name: "Sabine Hofmann", address: "buero@hofmann-brot.example",
        signature: "Sabine Hofmann\nBäckerei Hofmann GmbH\nHauptstraße 12, 12345 Berlin",
        logo: Picture.logo("image001.png", red: 0x9c, green: 0x5a, blue: 0x1e))
    static let thomas = Correspondent(
        name: "Thomas Hofmann", address: "t.hofmann@hofmann-brot.example",
        signature: "Thomas Hofmann\nGeschäftsführer, Bäckerei Hofmann GmbH")
    static let scanner = Correspondent(name: "Scanner Backstube", address: "scanner@hofmann-brot.example")
    static let portal = Correspondent(name: "Belegportal", address: "noreply@belegportal.example")
    static let tanaka = Correspondent(
        name: "田中 美咲", address: "m.tanaka@sakura-shoji.example", zone: 540,
        signature: "株式会社さくら商事\n総務課　田中 美咲")
    static let keiri = Correspondent(
        name: "経理部 佐藤", address: "keiri@sakura-shoji.example", zone: 540,
        signature: "株式会社さくら商事\n経理部　佐藤 健一")
    static let emily = Correspondent(
        name: "Emily Carter", address: "emily.carter@northgate-robotics.example", zone: 0,
        signature: "Emily Carter, Finance\nNorthgate Robotics Ltd",
        logo: Picture.logo("northgate.png", red: 0x1d, green: 0x3f, blue: 0x8f))
    static let northgate = Correspondent(
        name: "Northgate Accounts", address: "accounts@northgate-robotics.example", zone: 0)
    static let kate = Correspondent(
        name: "Kate Smith", address: "kate@smith-family.example", signature: "Kate\nSent from my phone")
    static let daniel = Correspondent(
        name: "Daniel Smith", address: "daniel@smith-family.example", signature: "Daniel")
    static let margaret = Correspondent(
        name: "Ashworth, Margaret", address: "margaret@ashworth.example", zone: 0,
        signature: "Margaret Ashworth\nTrustee")
    static let trustees = Correspondent(name: "The Trustees", address: "trustees@ashworth.example", zone: 0)
    /// As a mail writes the domain `weingut-müller.example`: RFC 5890's A-label.
    static let jorg = Correspondent(
        name: "Jörg Müller", address: "kontakt@xn--weingut-mller-4ob.example",
        signature: "Jörg Müller\nWeingut Müller KG, Bernkastel")
    static let nora = Correspondent(
        name: "Nora Lindqvist", address: "nora@lindqvist-studio.example",
        signature: "Nora Lindqvist\nLindqvist Studio")

    static let freight = Correspondent(
        name: "Harbour Freight", address: "billing@harbour-freight.example", zone: 0)
    static let bank = Correspondent(name: "Quayside Bank", address: "business@quayside-bank.example", zone: 0)
    static let painter = Correspondent(name: "Malermeister Krüger", address: "krueger@malermeister.example")
    static let applicant = Correspondent(name: "Lena Brandt", address: "lena.brandt@freemail.example")
}
