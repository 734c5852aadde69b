using System.Buffers;
using System.Text.Json;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Api.Rows;

/// <summary>Reads rows of collections.</summary>
internal sealed class RowList(NpgsqlDataSource database)
{
    /// <summary><c>{"items": [...], "next": cursor or null}</c>. A feed always says where it goes on, once anything has come.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadPageAsync(ListRequest request, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(request, cancellationToken);
        var bytes = new ArrayBufferWriter<byte>(16 * 1024);
        await using var json = new Utf8JsonWriter(bytes, RowJson.Options);
        json.WriteStartObject();
        json.WriteStartArray("items");
        var ordinals = RowJson.Ordinals(reader, request.Columns);
        IReadOnlyList<object>? last = null;
        var more = false;
        for (var count = 0; await reader.ReadAsync(cancellationToken); count++)
        {
            if (count == request.Limit)
            {
                more = true;
                break;
            }

            RowJson.Write(json, reader, request.Columns, ordinals);
            last = request.Collection.IsFeed || count + 1 == request.Limit ? [.. request.Collection.Key.Select(name => reader[name])] : last;
        }

        json.WriteEndArray();
        var next = more ? last : request.Collection.IsFeed ? last ?? request.After : null;
        json.WriteString("next", next is null ? null : Cursor.Of(request.Collection, next));
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        return bytes.WrittenMemory;
    }

    /// <summary>The first row as an object, or null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadOneAsync(ListRequest request, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(request, cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var bytes = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(bytes, RowJson.Options);
        RowJson.Write(json, reader, request.Columns, RowJson.Ordinals(reader, request.Columns));
        await json.FlushAsync(cancellationToken);
        return bytes.WrittenMemory;
    }

    /// <summary>The rows as they come from the database, one at a time. The reader owns its connection.</summary>
    public async Task<NpgsqlDataReader> OpenAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var command = database.CreateCommand(Databases.Sql[request.Collection.Sql]);
        request.AddTo(command.Parameters);
        return await command.ExecuteReaderAsync(cancellationToken);
    }
}
