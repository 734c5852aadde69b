using System.Xml.Linq;
using DocPipeline.Server.Hosting;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace DocPipeline.Server.Access;

/// <summary>The framework's ring of keys for cookies and form tokens, kept in the database: a restart or another process signs nobody out.</summary>
internal sealed class CookieKeys(NpgsqlDataSource database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand(Databases.Sql["Access/Sql/list_keys.sql"]);
        using var row = command.ExecuteReader();
        var keys = new List<XElement>();
        while (row.Read())
        {
            keys.Add(XElement.Parse(row.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand(Databases.Sql["Access/Sql/add_key.sql"]);
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
