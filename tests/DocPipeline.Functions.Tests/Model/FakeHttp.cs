using System.Net;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace DocPipeline.Functions.Tests.Model;

internal sealed class Invocation : FunctionContext
{
    public override string InvocationId { get; } = Guid.NewGuid().ToString();
}

internal sealed class Request : HttpRequestData
{
    public Request(string body, string? person = null, string method = "POST")
        : base(new Invocation())
    {
        Method = method;
        Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        if (person is not null)
        {
            Headers.Add("X-MS-CLIENT-PRINCIPAL-NAME", person);
        }
    }

    public override Stream Body { get; }

    public override HttpHeadersCollection Headers { get; } = new();

    public override string Method { get; }

    public override HttpResponseData CreateResponse() => new Response(FunctionContext);

    private sealed class Response(FunctionContext context) : HttpResponseData(context)
    {
        public override HttpStatusCode StatusCode { get; set; }

        public override HttpHeadersCollection Headers { get; set; } = new();

        public override Stream Body { get; set; } = new MemoryStream();
    }
}
