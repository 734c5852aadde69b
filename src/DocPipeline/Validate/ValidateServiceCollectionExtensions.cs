using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Validate;

public static class ValidateServiceCollectionExtensions
{
    public static IServiceCollection AddValidate(this IServiceCollection services, ValidateOptions options) =>
        services.AddSingleton(new ClaimValidator(options));
}
