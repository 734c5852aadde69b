// A reader of pictures in a process of its own: the host feeds it over a pipe and may kill it at any moment.
// It serves one request at a time and ends when its standard input ends, that is, when the host is gone.
using DocPipeline.OcrWorker;

return args switch
{
    ["--serve", var languages] => await Serving.RunAsync(languages),
    ["--bare", var languages, .. var files] => Bare.Run(languages, files),
    _ => Serving.Usage(),
};
