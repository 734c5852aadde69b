namespace DocPipeline.Aws.Tests.Textract;

/// <summary>Replies of our own making, for tests that run everywhere.</summary>
internal static class SmallReplies
{
    private const string Place = """ "Geometry":{"BoundingBox":{"Left":0.1,"Top":0.1,"Width":0.2,"Height":0.05}} """;

    /// <summary>A page with the words TOTAL 12.50 and the pair that they are.</summary>
    public const string Page = $$"""
        {"DocumentMetadata":{"Pages":1},"Blocks":[
          {"BlockType":"PAGE","Id":"p",{{Place}}},
          {"BlockType":"WORD","Id":"w1","Text":"TOTAL","Confidence":99.5,{{Place}}},
          {"BlockType":"WORD","Id":"w2","Text":"12.50","Confidence":98.0,{{Place}}},
          {"BlockType":"KEY_VALUE_SET","Id":"k","EntityTypes":["KEY"],"Confidence":90.0,{{Place}},"Relationships":[{"Type":"VALUE","Ids":["v"]},{"Type":"CHILD","Ids":["w1"]}]},
          {"BlockType":"KEY_VALUE_SET","Id":"v","EntityTypes":["VALUE"],"Confidence":90.0,{{Place}},"Relationships":[{"Type":"CHILD","Ids":["w2"]}]}]}
        """;

    /// <summary>A page of a job's result: one word, one page block.</summary>
    public static string Result(int page, int of, string? next = null, string status = "SUCCEEDED", string extra = "") => $$"""
        {"JobStatus":"{{status}}","DocumentMetadata":{"Pages":{{of}}}{{(next is null ? "" : $",\"NextToken\":\"{next}\"")}}{{extra}},"Blocks":[
          {"BlockType":"PAGE","Id":"p{{page}}","Page":{{page}},{{Place}}},
          {"BlockType":"WORD","Id":"w{{page}}","Page":{{page}},"Text":"word{{page}}","Confidence":99.5,{{Place}}}]}
        """;
}
