// Declarations of the parts of Microsoft.Azure.Functions.Worker 2.52 and its extensions that the shell uses: names and signatures, no behaviour. See ../README.md.
#nullable enable

using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Microsoft.Azure.Functions.Worker
{
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class FunctionAttribute(string name) : Attribute
    {
        public string Name { get; } = name;
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class OrchestrationTriggerAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class ActivityTriggerAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class DurableClientAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class BlobTriggerAttribute(string blobPath) : Attribute
    {
        public string BlobPath { get; } = blobPath;

        public string? Connection { get; set; }

        public BlobTriggerSource Source { get; set; }
    }

    public enum BlobTriggerSource
    {
        LogsAndContainerScan,
        EventGrid,
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class TimerTriggerAttribute(string schedule) : Attribute
    {
        public string Schedule { get; } = schedule;
    }

    public class TimerInfo;

    public enum AuthorizationLevel
    {
        Anonymous,
        User,
        Function,
        System,
        Admin,
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
    {
        public AuthorizationLevel AuthLevel { get; } = authLevel;

        public string[] Methods { get; } = methods;

        public string? Route { get; set; }
    }

    public abstract class FunctionContext
    {
        public abstract string InvocationId { get; }
    }
}

namespace Microsoft.Azure.Functions.Worker.Http
{
    public sealed class HttpHeadersCollection : HttpHeaders;

    public abstract class HttpRequestData(FunctionContext functionContext)
    {
        public FunctionContext FunctionContext { get; } = functionContext;

        public abstract Stream Body { get; }

        public abstract HttpHeadersCollection Headers { get; }

        public abstract string Method { get; }

        public abstract HttpResponseData CreateResponse();
    }

    public abstract class HttpResponseData(FunctionContext functionContext)
    {
        public FunctionContext FunctionContext { get; } = functionContext;

        public abstract HttpStatusCode StatusCode { get; set; }

        public abstract HttpHeadersCollection Headers { get; set; }

        public abstract Stream Body { get; set; }
    }

    public static class HttpRequestDataExtensions
    {
        public static HttpResponseData CreateResponse(this HttpRequestData request, HttpStatusCode statusCode)
        {
            var response = request.CreateResponse();
            response.StatusCode = statusCode;
            return response;
        }
    }

    public static class HttpResponseDataExtensions
    {
        public static async Task WriteStringAsync(this HttpResponseData response, string value, Encoding? encoding = null) =>
            await response.Body.WriteAsync((encoding ?? Encoding.UTF8).GetBytes(value));
    }
}
