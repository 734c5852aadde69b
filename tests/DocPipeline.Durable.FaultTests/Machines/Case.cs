using DocPipeline.Durable.FaultWorker.Scripts;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>One instance of a test: what it does, and how often each of its events is raised.</summary>
internal sealed record Case(string Id, IReadOnlyList<Op> Script, int TimesRaised = 1)
{
    public Case(string id, params Op[] script)
        : this(id, (IReadOnlyList<Op>)script)
    {
    }
}
