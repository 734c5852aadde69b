using System.Collections.Frozen;

namespace DocPipeline.Extract.Readers;

/// <summary>Words by which names of people and of organisations are told apart.</summary>
internal static class NameWords
{
    public static readonly FrozenSet<string> Titles = (
        "mr mrs ms miss mx dr prof rev hon sir madam herr frau monsieur madame mme m. mlle señor señora sr sra signor signora smt shri sri kum mstr master capt sgt officer detective det lt").Split(' ').ToFrozenSet();

    public static readonly FrozenSet<string> Suffixes = (
        "jr sr ii iii iv md m.d dds dmd do d.o phd ph.d rn np pa pa-c pt dpt dc d.c esq mba ms frcs mbbs m.b.b.s cpa od facs ladc lcsw crna fnp dvm").Split(' ').ToFrozenSet();

    /// <summary>Particles that are written small inside names.</summary>
    public static readonly FrozenSet<string> Particles = "de del della di da dos das der den van von vom zu zur la le el al bin binti bte a/l a/p s/o d/o w/o y e ibn af av ten ter of".Split(' ').ToFrozenSet();

    /// <summary>Legal forms: prove an organisation.</summary>
    public static readonly FrozenSet<string> LegalForms = (
        "inc incorporated llc l.l.c llp lp ltd limited plc corp corporation co company gmbh mbh ag kg ohg ug ev e.v s.a sa sas sarl s.a.r.l srl s.r.l spa s.p.a bv b.v nv n.v " +
        "oy ab aps pty pte pvt sdn bhd pc p.c pa p.a pllc lllp kgaa se sl s.l lda ltda kk k.k s/b").Split(' ').ToFrozenSet();

    /// <summary>Legal forms of two words, by which a misread one is known.</summary>
    public static readonly string[] LegalPairs = ["sdn bhd", "pvt ltd", "pte ltd", "pty ltd"];

    /// <summary>Lines of business: make an organisation likely.</summary>
    public static readonly FrozenSet<string> Businesses = (
        "hospital clinic clinics medical health healthcare center centre pharmacy dental surgery surgical laboratory laboratories lab labs diagnostics imaging radiology associates group partners " +
        "insurance assurance mutual indemnity casualty underwriters reinsurance bank trust foundation university college institute school department dept county city state police sheriff fire " +
        "garage auto automotive motors motor cars collision body repair repairs service services shop store mart market supermarket restaurant cafe hotel inn motel rentals rental towing transport logistics freight " +
        "trading enterprise enterprises industries holdings international global solutions systems technologies construction contractors roofing plumbing electric restoration realty properties management " +
        "honda toyota ford chevrolet hyundai nissan bookstore stationery hardware bakery kitchen club church ministry authority agency bureau office society association physicians orthopedics cardiology pediatrics " +
        "therapy rehabilitation hospice nursing ambulance versicherung krankenhaus klinik apotheke werkstatt autohaus clinique hopital assurances hospitaal ziekenhuis").Split(' ').ToFrozenSet();

    public static string Bare(string word) => word.Trim('.', ',', ';', ':', '(', ')', '"', '\'').ToLowerInvariant();
}
