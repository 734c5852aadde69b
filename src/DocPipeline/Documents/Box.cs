namespace DocPipeline.Documents;

/// <summary>A rectangle in fractions of its page (0 to 1), origin at the top left.</summary>
public readonly record struct Box(double X0, double Y0, double X1, double Y1)
{
    public double Width => X1 - X0;

    public double Height => Y1 - Y0;

    public double CentreX => (X0 + X1) / 2;

    public double CentreY => (Y0 + Y1) / 2;

    public Box Union(Box other) => new(Math.Min(X0, other.X0), Math.Min(Y0, other.Y0), Math.Max(X1, other.X1), Math.Max(Y1, other.Y1));

    public static Box Around(IEnumerable<Box> boxes) => boxes.Aggregate((a, b) => a.Union(b));
}
