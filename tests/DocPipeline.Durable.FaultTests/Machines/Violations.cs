namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>Assertions over what <see cref="FaultMachine.CheckAsync"/> found.</summary>
internal static class Violations
{
    public static void None(IReadOnlyList<string> found)
    {
        if (found.Count > 0)
        {
            Assert.Fail(string.Join('\n', found.Take(10)));
        }
    }

    /// <summary>For negative controls: without its protection the very check must find this.</summary>
    public static void Some(string expected, IReadOnlyList<string> found) =>
        Assert.Contains(found, violation => violation.Contains(expected, StringComparison.Ordinal));
}
