namespace DocPipeline.Review;

/// <summary>A decision that lacks something or does not fit its submission. The sentence is for the person who made it.</summary>
public sealed class DecisionFault(string sentence) : Exception(sentence);
