namespace DocPipeline.Server.Eval;

/// <summary>A value with its confidence and the truth: all that reliability is measured on.</summary>
internal sealed record Judged(string Group, double Confidence, bool IsRight, double Weight = 1);
